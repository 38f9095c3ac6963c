module garbage

go 1.24
