"""What the commands that send jobs and fetch results share."""
