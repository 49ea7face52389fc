// Keyboard shortcuts of the desk, as the help view (`?`) lists them.

/** Key of `localStorage`: turns off single-key shortcuts, which get in the way of speech input. */
export const KEYS_OFF = "digest-desk-keys-off";

export const KEYS = [
  ["On the page", [
    ["j k", "next, previous headline"],
    ["e", "open the headline"],
    ["x", "select or deselect the headline"],
    ["a", "list all entries of this page"],
    ["Esc", "close the panel, or clear the selection"],
  ]],
  ["Change the headline, or all that are selected", [
    ["r …", "region, then the key on the label"],
    ["c …", "category, then the key on the label"],
    [".", "repeat the last label"],
    ["h", "hold"],
    ["K", "kill"],
    ["P", "publish"],
    ["1 – 9", "rank at the top of its edition"],
    ["0", "no rank"],
  ]],
  ["In the open entry", [
    ["t", "edit the title"],
    ["s", "edit the summary (suggests the first sentence)"],
    ["Enter", "save"],
    ["m", "merge its story into another"],
    ["w", "show the lines of the dump"],
    ["i", "show the evidence for each label"],
  ]],
  ["In the queue", [
    ["q", "open the queue"],
    ["n p", "next, previous task"],
    ["y", "dismiss the task: the entry is right as it is"],
  ]],
  ["Anywhere", [
    ["u  Ctrl Z", "undo the last change"],
    ["?", "show these shortcuts"],
  ]],
];
