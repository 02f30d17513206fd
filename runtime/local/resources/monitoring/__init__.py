"""Alarms, dashboards and logs."""
