"""One file a portal. `<province>` is the latest portal seen of that former province; another host or
an earlier system of it is `<province>_<word>`, the word being what tells them apart.
"""
