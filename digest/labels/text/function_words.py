"""Small words that say what part a name has in its sentence, and those that say nothing by themselves."""

# A word a line would be three pages of them.
# fmt: off
LOCATIVE = frozenset({
    "in", "at", "near", "across", "inside", "outside", "off", "around", "throughout", "within", "en", "dans", "à",
    "a", "au", "aux", "em", "na", "no", "nas", "nos", "im", "bei", "aus",
})
TOWARDS = frozenset({
    "on", "over", "against", "into", "to", "sur", "contre", "gegen", "contra",
})
BESIDE = frozenset({
    "with", "from", "for", "by", "and", "avec", "mit", "con", "com",
})
BEFORE_A_NAME = frozenset({
    "the", "northern", "southern", "eastern", "western", "central", "north", "south", "east", "west", "la", "le",
    "les", "l", "el", "los", "las", "der", "die", "den", "dem", "o", "os", "as",
})
ACTING = frozenset({
    "led", "backed", "made", "born", "funded", "owned", "trained", "built", "style", "linked", "listed", "based",
    "sponsored", "brokered",
})
GIVES_TO_US = frozenset({
    "let", "lets", "tell", "tells", "told", "for", "to", "of", "with", "give", "gives", "show", "shows", "help",
    "helps", "make", "makes", "all", "about", "around", "join", "teach", "among", "between", "upon", "both", "into",
    "like", "than", "behind", "remind", "reminds", "bring", "brings", "take", "takes", "keep", "keeps", "save",
})
SILENT = frozenset({
    "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "from", "with", "as", "and", "or", "but", "nor",
    "not", "no", "so", "than", "then", "that", "this", "these", "those", "there", "here", "it", "its", "he", "she",
    "they", "we", "you", "i", "me", "him", "her", "them", "us", "his", "our", "your", "their", "my", "who", "whom",
    "whose", "which", "what", "when", "where", "why", "how", "is", "are", "was", "were", "be", "been", "being", "am",
    "do", "does", "did", "has", "have", "had", "having", "will", "would", "can", "could", "should", "may", "might",
    "must", "shall", "if", "into", "onto", "out", "up", "down", "off", "over", "under", "about", "after", "before",
    "during", "between", "against", "among", "through", "while", "until", "because", "s", "t", "re", "ll", "ve", "m",
    "d", "all", "any", "some", "more", "most", "much", "many", "other", "another", "such", "own", "same", "too",
    "very", "just", "also", "only", "even", "still", "yet", "now", "again", "ever", "never", "say", "says", "said",
    "amid", "per", "via", "new", "one", "two", "three", "#", ":", "|", "?", "!", "$", "£", "€", "%", "^",
})
# fmt: on
