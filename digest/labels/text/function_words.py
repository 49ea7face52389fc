"""Function words: prepositions that show the role of a place name, and stop words."""

# One word a line would fill three pages.
# fmt: off
LOCATIVE_WORDS = frozenset({
    "in", "at", "near", "across", "inside", "outside", "off", "around", "throughout", "within", "en", "dans", "à",
    "a", "au", "aux", "em", "na", "no", "nas", "nos", "im", "bei", "aus",
})
TARGET_WORDS = frozenset({
    "on", "over", "against", "into", "to", "sur", "contre", "gegen", "contra",
})
COMPANION_WORDS = frozenset({
    "with", "from", "for", "by", "and", "avec", "mit", "con", "com",
})
NAME_MODIFIERS = frozenset({
    "the", "northern", "southern", "eastern", "western", "central", "north", "south", "east", "west", "la", "le",
    "les", "l", "el", "los", "las", "der", "die", "den", "dem", "o", "os", "as",
})
ACTOR_SUFFIXES = frozenset({
    "led", "backed", "made", "born", "funded", "owned", "trained", "built", "style", "linked", "listed", "based",
    "sponsored", "brokered",
})
PRONOUN_US_CONTEXT = frozenset({
    "let", "lets", "tell", "tells", "told", "for", "to", "of", "with", "give", "gives", "show", "shows", "help",
    "helps", "make", "makes", "all", "about", "around", "join", "teach", "among", "between", "upon", "both", "into",
    "like", "than", "behind", "remind", "reminds", "bring", "brings", "take", "takes", "keep", "keeps", "save",
})
STOP_WORDS = frozenset({
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
