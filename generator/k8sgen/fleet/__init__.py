"""From the files a user names to finished, validated output: one service or thousands."""
