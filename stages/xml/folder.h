/* While schemas and stylesheets are loaded, libxml2 may read files of one folder; before and after, none.
 *
 * Sequence   folder_open, what loads, folder_close; at start-up only, one at a time.
 */
#ifndef TW_XML_FOLDER_H
#define TW_XML_FOLDER_H

/* The folder is that in which the file lies; its sub-folders belong to it. */
void folder_open(const char *file);
void folder_close(void);

#endif
