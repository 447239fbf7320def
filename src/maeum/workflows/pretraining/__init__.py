"""The parts of `maeum pretrain`: from texts to blocks, and from there to a folder."""
