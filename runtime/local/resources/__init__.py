"""The provider operations of every resource type that the program uses: a few lines of boto3 each."""
