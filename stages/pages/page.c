/* The pages of a bundle: the table, and the pages of drafts (page-draft.c). */
#include "pages/page.h"

#include "consignment.h"
#include "pages/page-kinds.h"

const struct page_row page_rows[] = {
    {"record", "clearance/record", page_record_wanted, page_record_make},
    {"declaration", "clearance/declaration", page_declaration_wanted, page_declaration_make},
    {"declarant", "declarant", page_declarant_wanted, page_declarant_make}, /* DECLARANT_PAGE */
    {0},
};
