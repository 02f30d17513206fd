"""The PACS API: its service, its load balancer, and who may call it."""
