"""What changes the grid."""
