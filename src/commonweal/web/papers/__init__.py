"""Pages of papers: a giver's, a gift's, a host's desk, and checking whether a paper is real."""
