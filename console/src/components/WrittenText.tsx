import { Fragment } from "react";

/** A text as WhatsApp shows it: line breaks kept, *words* bold. Anything else stays what it is. */
export function WrittenText({ text }: { text: string }) {
  return (
    <div style={{ whiteSpace: "pre-wrap" }}>
      {text.split(/(\*[^*\n]+\*)/g).map((piece, place) =>
        piece.startsWith("*") && piece.endsWith("*") && piece.length > 2 ? (
          <strong key={place}>{piece.slice(1, -1)}</strong>
        ) : (
          <Fragment key={place}>{piece}</Fragment>
        ),
      )}
    </div>
  );
}
