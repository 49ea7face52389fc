// What each key does, said once: the list that `?` shows is made of this.

/** Where it is kept that somebody does not want single keys, as who speaks to a browser does not. */
export const KEYS_OFF = "digest-desk-keys-off";

export const KEYS = [
  ["On the page", [
    ["j k", "next, previous headline"],
    ["e", "open the headline"],
    ["x", "select it, or take it out"],
    ["a", "all entries of this page"],
    ["Esc", "close, or select nothing"],
  ]],
  ["Change the headline or all selected", [
    ["r …", "region: then the key on the label"],
    ["c …", "category: then the key on the label"],
    [".", "the last label again"],
    ["h", "hold"],
    ["K", "kill"],
    ["P", "publish"],
    ["1 – 9", "rank at the head of its edition"],
    ["0", "no rank"],
  ]],
  ["In the open entry", [
    ["t", "title"],
    ["s", "summary: the first sentence is offered"],
    ["Enter", "save what is typed"],
    ["m", "story: merge into another"],
    ["w", "where from: the lines of the dump"],
    ["i", "why: what speaks for each label"],
  ]],
  ["The queue", [
    ["q", "what waits"],
    ["n p", "next, previous"],
    ["y", "it may stand as it is"],
  ]],
  ["Always", [
    ["u  Ctrl Z", "take the last change back"],
    ["?", "these keys"],
  ]],
];
