"""What tells an operator how a stack does: alarms and dashboards."""
