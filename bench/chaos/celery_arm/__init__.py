"""Celery on Redis under the same plan: the same jobs, killed by the same signals at the same moments."""
