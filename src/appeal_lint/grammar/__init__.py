"""What grammar engines share: the text they get, the words they must accept, a server's life."""
