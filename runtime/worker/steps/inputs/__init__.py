"""From a message to inputs on the disk: checked, waited for, downloaded."""
