"""What a study is: its files, codebook, addresses and findings."""
