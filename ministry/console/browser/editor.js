// The editor of a draft. The page works without it: it puts itself in the place of a plain text field.
import { begin } from "./editor/desk.js";
import { leftovers } from "./editor/leftovers.js";

const form = document.getElementById("writing");
if (form && !form.elements.text.readOnly) begin(form, document.querySelector("script[data-editor]").nonce);
else if (form) leftovers(form);
