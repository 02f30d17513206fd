"""What an author gives an algorithm: files of many formats, and values in memory."""
