"""The files of a result: pictures, values without loss, and what they say of scale and place."""
