/*
 * Names that may stand in `\p{…}`. re2js takes every name that Unicode has; Go and RE2 take fewer, and not the same ones.
 */

const categories =
  'C Cc Cf Cn Co Cs L LC Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So Z Zl Zp Zs'.split(
    ' ',
  );

/** Scripts of one word, of Unicode 15; Go finds none of several (`Old_Italic`), since it drops the underscore before it looks. */
const scripts = new Set(
  (
    'Adlam Ahom Arabic Armenian Avestan Balinese Bamum Batak Bengali Bhaiksuki Bopomofo Brahmi Braille Buginese Buhid Carian ' +
    'Chakma Cham Cherokee Chorasmian Common Coptic Cuneiform Cypriot Cyrillic Deseret Devanagari Dogra Duployan Elbasan Elymaic ' +
    'Ethiopic Georgian Glagolitic Gothic Grantha Greek Gujarati Gurmukhi Han Hangul Hanunoo Hatran Hebrew Hiragana Inherited ' +
    'Javanese Kaithi Kannada Katakana Kawi Kharoshthi Khmer Khojki Khudawadi Lao Latin Lepcha Limbu Lisu Lycian Lydian Mahajani ' +
    'Makasar Malayalam Mandaic Manichaean Marchen Medefaidrin Miao Modi Mongolian Mro Multani Myanmar Nabataean Nandinagari Newa ' +
    'Nko Nushu Ogham Oriya Osage Osmanya Palmyrene Phoenician Rejang Runic Samaritan Saurashtra Sharada Shavian Siddham Sinhala ' +
    'Sogdian Soyombo Sundanese Syriac Tagalog Tagbanwa Takri Tamil Tangsa Tangut Telugu Thaana Thai Tibetan Tifinagh Tirhuta Toto ' +
    'Ugaritic Vai Vithkuqi Wancho Yezidi Yi'
  ).split(' '),
);

/** Long names of categories, as Unicode has them, without underscores. */
const longNames =
  'CasedLetter:LC ClosePunctuation:Pe CombiningMark:M ConnectorPunctuation:Pc Control:Cc CurrencySymbol:Sc DashPunctuation:Pd ' +
  'DecimalNumber:Nd EnclosingMark:Me FinalPunctuation:Pf Format:Cf InitialPunctuation:Pi Letter:L LetterNumber:Nl LineSeparator:Zl ' +
  'LowercaseLetter:Ll Mark:M MathSymbol:Sm ModifierLetter:Lm ModifierSymbol:Sk NonspacingMark:Mn Number:N OpenPunctuation:Ps Other:C ' +
  'OtherLetter:Lo OtherNumber:No OtherPunctuation:Po OtherSymbol:So ParagraphSeparator:Zp PrivateUse:Co Punctuation:P Separator:Z ' +
  'SpaceSeparator:Zs SpacingMark:Mc Surrogate:Cs Symbol:S TitlecaseLetter:Lt Unassigned:Cn UppercaseLetter:Lu cntrl:Cc digit:Nd punct:P';

/** What Go takes, by its canonical form, and the name that re2js has for it. */
const goNames = new Map<string, string>([
  ...[...scripts].map((name) => [name, name] as const),
  ...longNames.split(' ').map((pair): readonly [string, string] => {
    const [name = '', category = ''] = pair.split(':');
    return [canonical(name), category];
  }),
  ...categories.map((name) => [canonical(name), name] as const),
  ['Any', 'Any'],
  ['Ascii', 'Ascii'],
  ['Assigned', 'Assigned'],
]);

/** RE2 wants its names letter by letter, and has neither the group of cased letters nor that of unassigned characters. */
const re2Names = new Set([...scripts, ...categories.filter((name) => name !== 'LC' && name !== 'Cn'), 'Any']);

/** The pattern with names that re2js has, or what it would not compile for. */
export type Renamed = { readonly pattern: string } | { readonly reason: string };

/** Names as Go's `regexp/syntax` has them (`unicodeTable`): case, spaces, `_` and `-` do not matter, categories have long names too. */
export function withGoNames(pattern: string): Renamed {
  return renamed(pattern, (name) => goNames.get(canonical(name)));
}

/** Names as RE2 has them (`LookupUnicodeGroup`). */
export function withRe2Names(pattern: string): Renamed {
  return renamed(pattern, (name) => (re2Names.has(name) ? name : undefined));
}

/** Quoted text (`\Q…\E`), an escape that names a class, or any other escape. */
const escapes = /\\Q[^]*?(?:\\E|$)|\\([pP])(?:\{(\^?)([^}]*)\}|([^{]))|\\[^]/gu;

function renamed(pattern: string, nameOf: (name: string) => string | undefined): Renamed {
  if (!/\\[pP]/.test(pattern)) return { pattern };
  let unknown: string | undefined;
  const text = pattern.replace(
    escapes,
    (all: string, kind?: string, not?: string, long?: string, short?: string) => {
      const written = long ?? short;
      if (kind === undefined || written === undefined) return all;
      const name = nameOf(written);
      if (name === undefined) unknown ??= all;
      return `\\${kind}{${not ?? ''}${name ?? ''}}`;
    },
  );
  return unknown === undefined
    ? { pattern: text }
    : { reason: `invalid character class range: \`${unknown}\`` };
}

/** A capital, then small letters; mirrors `canonicalName` of Go's `regexp/syntax`. */
function canonical(name: string): string {
  const letters = name.replace(/[ _-]/g, '');
  const small = letters.slice(1).replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return letters.slice(0, 1).replace(/[a-z]/, (letter) => letter.toUpperCase()) + small;
}
