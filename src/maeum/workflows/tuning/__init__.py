"""The parts of `maeum tune`: the space, what is asked, one trial, the files that a search leaves."""
