// Lets an implementation that is not ours judge a checkpoint and a proof of inclusion: the one of
// Sigstore, whose own logs are built from the same standards. Reads JSON from standard input, and
// writes "right", or what it does not accept.
const { createPublicKey } = require("node:crypto");
const { verifyCheckpoint } = require("@sigstore/verify/dist/tlog/checkpoint.js");
const { verifyMerkleInclusion } = require("@sigstore/verify/dist/tlog/merkle.js");

const asked = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const bytes = (text) => Buffer.from(text, "base64");
const entry = {
  canonicalizedBody: bytes(asked.body),
  inclusionProof: {
    logIndex: String(asked.index),
    hashes: asked.proof.map(bytes),
    checkpoint: { envelope: asked.note },
  },
};
const log = {
  baseURL: asked.name,
  logID: bytes(asked.hint),
  publicKey: createPublicKey({ key: bytes(asked.key), format: "der", type: "spki" }),
};

try {
  verifyMerkleInclusion(entry, verifyCheckpoint(entry, [log]));
  console.log("right");
} catch (error) {
  console.log(error.message);
}
