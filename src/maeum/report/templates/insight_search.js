// Search as Koreans type it: by whole letters, by initials (ㄱㅅㅊ finds 기생충), by a syllable not yet finished (기새 finds 기생충).

const INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const FIRST = 0xac00;
const LAST = 0xd7a3;
const PER_INITIAL = 588;
const PER_VOWEL = 28;

const plain = (text) => text.normalize("NFC").toLowerCase().replace(/\s+/g, "");

const letters = (from, length) => `[${String.fromCharCode(from)}-${String.fromCharCode(from + length - 1)}]`;

/** The pattern of one typed letter; only the last one may be an unfinished syllable. */
function letterPattern(letter, isLast) {
  const initial = INITIALS.indexOf(letter);
  if (initial >= 0) return `(?:${letter}|${letters(FIRST + initial * PER_INITIAL, PER_INITIAL)})`;
  const code = letter.charCodeAt(0);
  const open = code >= FIRST && code <= LAST && (code - FIRST) % PER_VOWEL === 0;
  if (isLast && open) return letters(code, PER_VOWEL);
  return letter.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}

/** A function that tells whether a title, already `plain`, is found by `query`. */
function matcher(query) {
  const typed = [...plain(query)];
  if (!typed.length) return () => true;
  const pattern = new RegExp(typed.map((letter, at) => letterPattern(letter, at === typed.length - 1)).join(""));
  return (title) => pattern.test(title);
}
