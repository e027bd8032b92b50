/* A QR code as an SVG path, by libqrencode. */
#ifndef TW_PAGES_QR_H
#define TW_PAGES_QR_H

struct arena;

/* Lines one module wide through the dark modules, to be drawn as a stroke, with the four light modules around that a
 * scanner wants; *side: of the whole, in modules. NULL: a text that no code holds. */
const char *qr_path(struct arena *arena, const char *text, unsigned *side);

#endif
