"""The transparency log over the ledger: proof that history was only ever added to.

It owns leaves, the Merkle tree and its tiles, signed checkpoints, the log's key, proofs, and what
other logs' checkpoints it has witnessed. Each transaction that the ledger has put in order becomes
one leaf, at its position. It refuses to own money (the ledger's), and to decide what is shown to
whom (the faces'). What it computes can be computed again by anyone: `commonweal_verify` does so
and shares no code with it.
"""
