"""Words so common in English and French that they tell provisions apart only within a phrase."""

ENGLISH = frozenset((
    "a", "an", "and", "are", "as", "at", "be", "been", "by", "can", "could", "did", "do", "does", "for",
    "from", "had", "has", "have", "he", "her", "his", "how", "i", "if", "in", "into", "is", "it", "its", "may",
    "must", "no", "not", "of", "on", "or", "shall", "she", "should", "so", "such", "than", "that", "the",
    "their", "them", "there", "these", "they", "this", "those", "to", "under", "was", "we", "were", "what",
    "when", "where", "whether", "which", "who", "whom", "whose", "why", "will", "with", "would", "you",
))  # fmt: skip
FRENCH = frozenset((
    "au", "aux", "ce", "ces", "cette", "dans", "de", "des", "du", "elle", "en", "est", "et", "il", "ils", "la",
    "le", "les", "leur", "leurs", "lui", "ne", "ou", "où", "par", "pas", "peut", "pour", "qu", "que", "quel",
    "quelle", "qui", "sa", "se", "selon", "ses", "son", "sont", "sous", "sur", "un", "une", "être",
))  # fmt: skip
COMMON = ENGLISH | FRENCH
