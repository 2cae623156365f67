"""What other rooms say in sentences that never vary: marked here, translated where a page draws them."""

from __future__ import annotations

from qa.web.language import N_

SAID = (
    # an answer
    N_("The library does not say."),
    N_("Sure"),
    N_("Fairly sure"),
    N_("Uncertain"),
    N_("Ask about what the closest documents do say, or add others."),
    N_("Only part of the library was searched; ask again without filters."),
    N_("Others may be missing."),
    N_("Only what a sentence names is listed; others may be missing."),
    # a verdict
    N_("A document says so."),
    N_("A document says otherwise."),
    N_("No document found says this or the contrary."),
    # a watched question
    N_("The library now answers this."),
    N_("The answer has changed."),
    N_("No longer answered: what it was quoted from has been removed from the library, or changed."),
    N_("A new source says the same."),
    N_("New sources say the same."),
    N_("The answer is the same, but what it was quoted from has been removed, or changed."),
    # trouble
    N_("The disk is full: free some space, then run the same command again. What was reported is kept."),
    N_("The library can't be written: see that its folder is yours and its disk is not read-only."),
    N_(
        "The disk failed while the library was read or written: see to the disk, then run: "
        "python -m ingest repair"
    ),
    N_(
        "The disk is full or failed while words were indexed: see to the disk, then run: "
        "python -m ingest repair"
    ),
    N_("Another program is writing to the library; try again shortly."),
    N_("A file of the library is damaged: mend it with: python -m ingest repair"),
    # the models
    N_(
        "The model server does not answer. See that it runs and that DATELINE_LLM_URL is its address, "
        "then try again."
    ),
    N_("The model server does not list its models; the one that DATELINE_LLM names is used."),
    N_("writes the answers (Qwen2.5-Coder 1.5B Instruct, Q4_K_M)"),
    N_("turns passages and questions into vectors (all-MiniLM-L6-v2)"),
    N_("the same across languages, where it is chosen (multilingual-e5-small, 4 bits)"),
    N_("parses English: what is done, and who does it to whom (spaCy's small pipeline)"),
    N_("finds the names in English texts (spaCy's small entity recogniser)"),
)
