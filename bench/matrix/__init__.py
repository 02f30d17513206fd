"""Every transfer syntax crossed with the classes of images: equal to a second decoder, or refused."""
