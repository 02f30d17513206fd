"""What the commands say of jobs, trials and logs."""
