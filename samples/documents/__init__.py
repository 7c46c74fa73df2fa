"""Sample documents: administrative forms made up from own texts, in every format portals attach."""
