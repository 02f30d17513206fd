"""The PACS API beside Orthanc: the same instances, the same machine, in turns."""
