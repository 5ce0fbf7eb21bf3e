// Checks one transaction in the reader's own browser: its lines, its names, the way to the signed
// root (RFC 9162), the signature (Ed25519), and that the tree only grew since this browser last
// looked. Nothing leaves the browser but requests for the log's public files.

const text = new TextEncoder();
const WIDTH = 256;
const HEIGHT = 8;

const bytesOf = (coded) => Uint8Array.from(atob(coded), (sign) => sign.charCodeAt(0));
const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
const same = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);
const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
const above = (left, right) => sha256(joined([1], left, right));

/** Fold a proof of inclusion: the root it leads to, or null (RFC 9162, section 2.1.3.2). */
export async function rootFrom(leaf, index, size, path) {
  let [node, last, hash] = [BigInt(index), BigInt(size) - 1n, leaf];
  for (const sibling of path) {
    if (last === 0n) return null;
    if (node & 1n || node === last) {
      hash = await above(sibling, hash);
      while (node !== 0n && !(node & 1n)) [node, last] = [node >> 1n, last >> 1n];
    } else {
      hash = await above(hash, sibling);
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  return last === 0n ? hash : null;
}

/** Take a signed note apart: what it says, and its signatures by name. */
function noteOf(note) {
  const cut = note.lastIndexOf("\n\n") + 1;
  const signatures = note
    .slice(cut + 1)
    .trim()
    .split("\n")
    .map((line) => line.replace(/^— /, "").split(" "))
    .map(([name, coded]) => ({ name, bytes: bytesOf(coded) }));
  return { said: note.slice(0, cut), signatures };
}

/** Read a checkpoint: whose log it is of, how many leaves it covers, and their root. */
export function checkpointOf(text) {
  const note = noteOf(text);
  const [origin, size, root] = note.said.split("\n");
  return { ...note, origin, size: Number(size), root: bytesOf(root) };
}

/** Tell whether a key (name+hash+base64) signed a note; null where this browser cannot know. */
export async function isSigned(note, key) {
  const [name, hash, ...rest] = key.split("+");
  const digits = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const found = note.signatures.find(
    (one) => one.name === name && digits(one.bytes.slice(0, 4)) === hash
  );
  if (!found) return false;
  try {
    const raw = bytesOf(rest.join("+")).slice(1);
    const verifier = await crypto.subtle.importKey("raw", raw, "Ed25519", false, ["verify"]);
    return crypto.subtle.verify("Ed25519", verifier, found.bytes.slice(4), text.encode(note.said));
  } catch (error) {
    if (error.name === "NotSupportedError") return null; // Ed25519 is too new for this browser
    throw error;
  }
}

/** The key in force for a tree of this size, given that each key signed the next one's hand-over. */
async function keyFor(size, keys) {
  let now = keys[0].verifier;
  for (const [at, key] of keys.entries()) {
    if (at === 0) continue;
    const handover = noteOf(key.handover);
    const named = handover.said.split("\n");
    if (Number(named[3]) >= size) break; // the key before it was still in force
    const chained = named[4] === now && named[5] === key.verifier;
    if (!chained || (await isSigned(handover, now)) === false) return null;
    now = key.verifier;
  }
  return now;
}

/** Read the tree's nodes from its tiles, each tile once. */
function reader(log, size) {
  const tiles = new Map();
  const name = (number) => {
    const group = String(number % 1000).padStart(3, "0");
    const before = [];
    for (let rest = Math.floor(number / 1000); rest; rest = Math.floor(rest / 1000)) {
      before.unshift(`x${String(rest % 1000).padStart(3, "0")}/`);
    }
    return before.join("") + group;
  };
  const tile = async (level, number) => {
    const wide = Math.min(WIDTH, Math.floor(size / WIDTH ** level) - number * WIDTH);
    const address = `${log}tile/${level}/${name(number)}${wide < WIDTH ? `.p/${wide}` : ""}`;
    if (!tiles.has(address)) {
      tiles.set(address, fetch(address).then((answer) => answer.arrayBuffer()));
    }
    return new Uint8Array(await tiles.get(address));
  };
  return async (height, number) => {
    const [level, rest] = [Math.floor(height / HEIGHT), height % HEIGHT];
    const first = number * 2 ** rest;
    const data = await tile(level, Math.floor(first / WIDTH));
    let row = Array.from({ length: 2 ** rest }, (_, at) => {
      const start = ((first % WIDTH) + at) * 32;
      return data.slice(start, start + 32);
    });
    while (row.length > 1) {
      row = await Promise.all(
        row.filter((_, at) => at % 2 === 0).map((left, at) => above(left, row[2 * at + 1]))
      );
    }
    return row[0];
  };
}

/** The root of the first leaves, from the perfect subtrees they are made of. */
async function rootOf(size, node) {
  const parts = [];
  for (let start = 0, height = 52; height >= 0; height -= 1) {
    const width = 2 ** height;
    if (Math.floor(size / width) % 2 === 1) {
      parts.push(await node(height, start / width));
      start += width;
    }
  }
  let hash = parts.pop();
  while (parts.length) hash = await above(parts.pop(), hash);
  return hash;
}

/** Whether both roots, the one seen before and the new one, come out of one and the same tree. */
async function hasOnlyGrown(before, now, log) {
  if (before.size > now.size) return false;
  if (before.size === now.size) return same(before.root, now.root);
  const node = reader(log, now.size);
  return (
    same(await rootOf(before.size, node), before.root) && same(await rootOf(now.size, node), now.root)
  );
}

/** The parts of a name or a text are right where they open the leaf's commitments to them. */
async function opens(leaf, facts) {
  for (const [field, [salt, value]] of Object.entries(facts)) {
    const prefix = text.encode(`commit/1\0${field}\0`);
    const digest = await sha256(joined(prefix, bytesOf(salt), text.encode(value)));
    const coded = btoa(String.fromCharCode(...digest));
    const plain = coded.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
    if (leaf.c[field] !== plain) return false;
  }
  return true;
}

const shownLines = (page) =>
  [...page.querySelectorAll("[data-lines] tbody tr")].map((row) => [
    row.dataset.account,
    row.dataset.minor,
  ]);

const shownFacts = (page) =>
  [...page.querySelectorAll("[data-fact]")].map((one) => [
    one.dataset.fact,
    one.querySelector("dd").textContent,
  ]);

/** Check a receipt against the page that shows it; yields a step and true, false or null. */
async function* steps(page, receipt, log) {
  const leaf = JSON.parse(receipt.leaf);
  const lines = leaf.p.map(([account, , amount]) => [account, String(amount)]);
  yield ["lines", JSON.stringify(lines) === JSON.stringify(shownLines(page))];

  const told = shownFacts(page).every(([field, value]) => receipt.facts[field]?.[1] === value);
  yield ["facts", told && (await opens(leaf, receipt.facts))];

  const note = checkpointOf(receipt.checkpoint);
  const hash = await sha256(joined([0], text.encode(receipt.leaf)));
  const root = await rootFrom(hash, receipt.index, note.size, receipt.proof.map(bytesOf));
  yield ["tree", root !== null && same(root, note.root)];

  const memory = `seal of ${note.origin}`;
  const seen = JSON.parse(localStorage.getItem(memory) || "null");
  const key = await keyFor(note.size, receipt.keys);
  const known = !seen || receipt.keys.some((one) => one.verifier === seen.key);
  const signed = key !== null && known ? await isSigned(note, key) : false;
  yield ["signature", signed];

  const before = seen && { size: seen.size, root: bytesOf(seen.root) };
  const grown = !before || (await hasOnlyGrown(before, note, log));
  yield ["history", grown];
  if (grown && signed !== false && (!before || note.size >= before.size)) {
    const coded = btoa(String.fromCharCode(...note.root));
    localStorage.setItem(memory, JSON.stringify({ key, size: note.size, root: coded }));
  }
}

function mark(page, step, result) {
  const name = result === null ? "unsure" : result ? "right" : "wrong";
  for (const one of page.querySelectorAll(`[data-step="${step}"] [data-mark]`)) {
    one.hidden = one.dataset.mark !== name;
  }
  return name;
}

async function check(section) {
  const page = section.ownerDocument;
  const log = section.dataset.log.replace(/checkpoint$/, "");
  const results = [];
  try {
    const answer = await fetch(section.dataset.check, { cache: "no-store" });
    if (!answer.ok) throw new TypeError(`the receipt answers ${answer.status}`);
    const receipt = await answer.json();
    for await (const [step, result] of steps(page, receipt, log)) {
      results.push(mark(page, step, result));
    }
  } catch (error) {
    console.error(error);
    results.push(error instanceof TypeError ? "unsure" : "wrong"); // TypeError: not reached
  }
  const outcome = ["wrong", "unsure"].find((one) => results.includes(one)) || "right";
  for (const one of section.querySelectorAll("[data-outcome]")) {
    one.hidden = one.dataset.outcome !== outcome;
  }
}

for (const section of document.querySelectorAll("[data-check]")) {
  const button = section.querySelector("[data-start]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    await check(section);
    button.disabled = false;
  });
}
