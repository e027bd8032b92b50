/* Rows of registers and code lists (FACTS 9; REGISTERS). Answers are kept for the bundle, by what was asked. */
#include "base/arena.h"
#include "xpath/house.h"

#include <string.h>

/* ---- One question to one register ------------------------------------------------------------------- */

enum { MAX_TEXTS = 4 };

struct asked {
    const struct reference *reference;
    struct arena *arena;
    const char *texts[MAX_TEXTS]; /* NULL: not given */
    int32_t day, today;           /* asked for (ANY_DAY: none); of the run's clock */
};

static struct answer ask_entry(const struct asked *asked);

/* What stands behind a row of the table. */
struct question {
    struct answer (*ask)(const struct asked *asked);
    size_t date; /* which argument is the date, counted from 1; 0: none. The others are texts. */
};

static bool read_question(struct evaluation *e, const struct call *call, const struct value *arguments,
                          struct asked *asked, struct value *unknown) {
    size_t text = 0;
    *asked = (struct asked){
        .reference = e->host->reference, .arena = e->bundle, .day = ANY_DAY, .today = moment_day(&e->host->now, NULL)};
    for (size_t i = 0; i < call->count; i++) {
        if (i + 1 != call->function->question->date) {
            asked->texts[text++] = value_is_absent(&arguments[i]) ? NULL : arguments[i].text;
        } else if (!argument_day(e, &arguments[i], &asked->day, unknown)) {
            return false;
        }
    }
    return true;
}

/* What was asked: a literal (the name of a list), and mostly one text, else all of them. */
static struct map_key key_of(struct evaluation *e, const struct call *call, const struct asked *asked) {
    size_t first = call->arguments[0]->kind == NODE_TEXT, last = first;
    struct map_key key = {.a = call->function, .number = asked->day, .text = asked->texts[first]};
    key.b = first ? call->arguments[0]->about->canonical : NULL;
    for (size_t i = first + 1; i < MAX_TEXTS; i++) {
        last = asked->texts[i] ? i : last;
    }
    if (last != first) {
        key.a = call->function->takes;
        key.text = map_text(e->arena, asked->texts, MAX_TEXTS);
    }
    return key;
}

/* tw:entry asks three registers: those that are stale, or, where none is, all of them. */
static struct value no_entry(struct evaluation *e) {
    static const char *const kinds[] = {"handbook", "carnet", "supervision"};
    const struct missing *stale = NULL, *all = NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const struct missing *one = missing_kind(e, "register:", kinds[i]);
        const struct table *table = e->host->reference ? reference_table(e->host->reference, kinds[i]) : NULL;
        all = missing_both(e, all, one);
        stale = table && table->state == REGISTER_STALE ? missing_both(e, stale, one) : stale;
    }
    return value_unknown(stale ? stale : all);
}

/* "register:office"; of a code list its own name. */
static struct value unavailable(struct evaluation *e, const struct call *call) {
    const char *of = call->function->of;
    bool list = of[strlen(of) - 1] == ':';
    if (call->function->question->ask == ask_entry) {
        return no_entry(e);
    }
    return value_unknown(missing_kind(e, of, list ? call->arguments[0]->text : NULL));
}

static struct value answer_of(struct evaluation *e, const struct call *call, const struct asked *asked) {
    struct answer answer = call->function->question->ask(asked);
    spend(e, answer.count);
    return answer.state == REGISTER_AVAILABLE ? value_facts(e, answer.rows, answer.count, NULL) : unavailable(e, call);
}

static struct value ask_of(struct evaluation *e, const struct call *call, struct fact *at) {
    struct value arguments[MAX_ARGUMENTS], value;
    struct asked asked;
    if (!call_arguments(e, call, at, arguments, &value)) {
        return value;
    }
    if (!e->host->reference) {
        return unavailable(e, call);
    }
    if (!read_question(e, call, arguments, &asked, &value)) {
        return value;
    }
    struct map_key key = key_of(e, call, &asked);
    const struct value *kept = memo_find(e, &key);
    if (kept) {
        return *kept;
    }
    struct arena *arena = e->arena;
    e->arena = e->bundle;
    value = answer_of(e, call, &asked);
    e->arena = arena;
    memo_keep(e, &key, value);
    return value;
}

/* ---- The questions ---------------------------------------------------------------------------------- */

static struct answer ask_office(const struct asked *asked) {
    return reference_office(asked->reference, asked->arena, asked->texts[0], asked->day);
}

static struct answer ask_officer(const struct asked *asked) {
    return reference_officer(asked->reference, asked->arena, asked->texts[0], asked->day);
}

static struct answer ask_tariff(const struct asked *asked) {
    return reference_tariff(asked->reference, asked->arena, asked->texts[0], asked->day);
}

static struct answer ask_measures(const struct asked *asked) {
    return reference_measures(asked->reference, asked->arena, asked->texts[0], asked->texts[1], asked->day);
}

static struct answer ask_duty_rate(const struct asked *asked) {
    return reference_duty_rate(asked->reference, asked->arena, asked->texts[0], asked->texts[1], asked->day,
                               asked->texts[2]);
}

static struct answer ask_rate(const struct asked *asked) {
    return reference_rate(asked->reference, asked->arena, asked->texts[0], asked->texts[1], asked->day);
}

static struct answer ask_price(const struct asked *asked) {
    return reference_price(asked->reference, asked->arena, asked->texts[0], asked->texts[1], asked->texts[2],
                           asked->texts[3], asked->day);
}

static struct answer ask_licence(const struct asked *asked) {
    return reference_licence(asked->reference, asked->arena, asked->texts[0], asked->texts[1]);
}

static struct answer ask_certificate(const struct asked *asked) {
    return reference_certificate(asked->reference, asked->arena, asked->texts[0], asked->texts[1], asked->texts[2]);
}

static struct answer ask_guarantee(const struct asked *asked) {
    return reference_guarantee(asked->reference, asked->arena, asked->texts[0]);
}

static struct answer ask_payment(const struct asked *asked) {
    return reference_payment(asked->reference, asked->arena, asked->texts[0]);
}

static struct answer ask_handbook(const struct asked *asked) {
    return reference_supervision(asked->reference, asked->arena, "handbook", asked->texts[0]);
}

static struct answer ask_carnet(const struct asked *asked) {
    return reference_supervision(asked->reference, asked->arena, "carnet", asked->texts[0]);
}

static struct answer ask_supervision(const struct asked *asked) {
    return reference_supervision(asked->reference, asked->arena, "supervision", asked->texts[0]);
}

static struct answer ask_entry(const struct asked *asked) {
    return reference_entry(asked->reference, asked->arena, asked->texts[0]);
}

/* By MRN; what is none may be an LRN of that declarant. */
static struct answer ask_declaration(const struct asked *asked) {
    struct answer answer = reference_declaration(asked->reference, asked->arena, asked->texts[0], NULL, NULL);
    if (answer.count || !asked->texts[1]) {
        return answer;
    }
    return reference_declaration(asked->reference, asked->arena, NULL, asked->texts[0], asked->texts[1]);
}

static struct answer ask_supplementary(const struct asked *asked) {
    return reference_supplementary(asked->reference, asked->arena, asked->texts[0]);
}

/* The third argument is a declaration's number or a container's; none is both. */
static struct answer ask_case(const struct asked *asked) {
    const char *number = asked->texts[0], *party = asked->texts[1], *third = asked->texts[2];
    struct answer answer = reference_case(asked->reference, asked->arena, number, party, third, NULL);
    if (answer.count || !third || !*third) {
        return answer;
    }
    return reference_case(asked->reference, asked->arena, number, party, NULL, third);
}

static struct answer ask_required_document(const struct asked *asked) {
    return reference_required_document(asked->reference, asked->arena, asked->texts[0], asked->day);
}

static struct answer ask_required_fact(const struct asked *asked) {
    return reference_required_fact(asked->reference, asked->arena, asked->texts[0], asked->day);
}

static struct answer ask_carrier(const struct asked *asked) {
    return reference_carrier(asked->reference, asked->arena, asked->texts[0]);
}

static struct answer ask_terminal(const struct asked *asked) {
    return reference_terminal(asked->reference, asked->arena, asked->texts[0]);
}

static struct answer ask_waiver(const struct asked *asked) {
    return reference_waiver(asked->reference, asked->arena, asked->texts[0], asked->texts[1], asked->today);
}

static struct answer ask_code(const struct asked *asked) {
    return reference_code(asked->reference, asked->arena, asked->texts[0], asked->texts[1], asked->day);
}

/* ---- The ledger ------------------------------------------------------------------------------------- */

/* What other bundles drew and which stamps were given stands in the ledger, which no evaluation has opened. */
static struct value ledger_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)arguments, (void)count;
    return value_unknown(missing_kind(e, "register:", "ledger"));
}

const struct function functions_register[] = {
    {.name = "tw:code",
     .takes = "CTV",
     .min = 3,
     .returns = RETURNS_NODES,
     .of = "list:",
     .lazy = ask_of,
     .question = &(const struct question){ask_code, 3}},
    {.name = "tw:office",
     .takes = "TV",
     .min = 2,
     .returns = RETURNS_NODES,
     .of = "register:office",
     .lazy = ask_of,
     .question = &(const struct question){ask_office, 2}},
    {.name = "tw:officer",
     .takes = "TV",
     .min = 2,
     .returns = RETURNS_NODES,
     .of = "register:officer",
     .lazy = ask_of,
     .question = &(const struct question){ask_officer, 2}},
    {.name = "tw:tariff",
     .takes = "TV",
     .min = 2,
     .returns = RETURNS_NODES,
     .of = "register:tariff",
     .lazy = ask_of,
     .question = &(const struct question){ask_tariff, 2}},
    {.name = "tw:measures",
     .takes = "TTV",
     .min = 3,
     .returns = RETURNS_NODES,
     .of = "register:measure",
     .lazy = ask_of,
     .question = &(const struct question){ask_measures, 3}},
    {.name = "tw:dutyRate",
     .takes = "TTVt",
     .min = 3,
     .returns = RETURNS_NODES,
     .of = "register:dutyRate",
     .lazy = ask_of,
     .question = &(const struct question){ask_duty_rate, 3}},
    {.name = "tw:rate",
     .takes = "TTV",
     .min = 3,
     .returns = RETURNS_NODES,
     .of = "register:exchangeRate",
     .lazy = ask_of,
     .question = &(const struct question){ask_rate, 3}},
    {.name = "tw:price",
     .takes = "TttTV",
     .min = 5,
     .returns = RETURNS_NODES,
     .of = "register:price",
     .lazy = ask_of,
     .question = &(const struct question){ask_price, 5}},
    {.name = "tw:licence",
     .takes = "TT",
     .min = 2,
     .returns = RETURNS_NODES,
     .of = "register:licence",
     .lazy = ask_of,
     .question = &(const struct question){ask_licence, 0}},
    {.name = "tw:certificate",
     .takes = "TTT",
     .min = 3,
     .returns = RETURNS_NODES,
     .of = "register:certificate",
     .lazy = ask_of,
     .question = &(const struct question){ask_certificate, 0}},
    {.name = "tw:guarantee",
     .takes = "T",
     .min = 1,
     .returns = RETURNS_NODES,
     .of = "register:guarantee",
     .lazy = ask_of,
     .question = &(const struct question){ask_guarantee, 0}},
    {.name = "tw:payment",
     .takes = "T",
     .min = 1,
     .returns = RETURNS_NODES,
     .of = "register:payment",
     .lazy = ask_of,
     .question = &(const struct question){ask_payment, 0}},
    {.name = "tw:handbook",
     .takes = "T",
     .min = 1,
     .returns = RETURNS_NODES,
     .of = "register:handbook",
     .lazy = ask_of,
     .question = &(const struct question){ask_handbook, 0}},
    {.name = "tw:carnet",
     .takes = "T",
     .min = 1,
     .returns = RETURNS_NODES,
     .of = "register:carnet",
     .lazy = ask_of,
     .question = &(const struct question){ask_carnet, 0}},
    {.name = "tw:supervision",
     .takes = "T",
     .min = 1,
     .returns = RETURNS_NODES,
     .of = "register:supervision",
     .lazy = ask_of,
     .question = &(const struct question){ask_supervision, 0}},
    /* Rows of the carnet register have every column that those of the other two have. */
    {.name = "tw:entry",
     .takes = "T",
     .min = 1,
     .returns = RETURNS_NODES,
     .of = "register:carnet",
     .lazy = ask_of,
     .question = &(const struct question){ask_entry, 0}},
    {.name = "tw:declarationSeen",
     .takes = "Tt",
     .min = 1,
     .returns = RETURNS_NODES,
     .of = "register:declaration",
     .lazy = ask_of,
     .question = &(const struct question){ask_declaration, 0}},
    {.name = "tw:supplementary",
     .takes = "T",
     .min = 1,
     .returns = RETURNS_NODES,
     .of = "register:declaration",
     .lazy = ask_of,
     .question = &(const struct question){ask_supplementary, 0}},
    {.name = "tw:case",
     .takes = "TTT",
     .min = 3,
     .returns = RETURNS_NODES,
     .of = "register:case",
     .lazy = ask_of,
     .question = &(const struct question){ask_case, 0}},
    {.name = "tw:requiredDocument",
     .takes = "TV",
     .min = 2,
     .returns = RETURNS_NODES,
     .of = "register:requiredDocument",
     .lazy = ask_of,
     .question = &(const struct question){ask_required_document, 2}},
    {.name = "tw:requiredFact",
     .takes = "TV",
     .min = 2,
     .returns = RETURNS_NODES,
     .of = "register:requiredFact",
     .lazy = ask_of,
     .question = &(const struct question){ask_required_fact, 2}},
    {.name = "tw:carrier",
     .takes = "T",
     .min = 1,
     .returns = RETURNS_NODES,
     .of = "register:carrier",
     .lazy = ask_of,
     .question = &(const struct question){ask_carrier, 0}},
    {.name = "tw:terminal",
     .takes = "T",
     .min = 1,
     .returns = RETURNS_NODES,
     .of = "register:terminal",
     .lazy = ask_of,
     .question = &(const struct question){ask_terminal, 0}},
    {.name = "tw:waiver",
     .takes = "TT",
     .min = 2,
     .returns = RETURNS_NODES,
     .of = "register:waiver",
     .lazy = ask_of,
     .question = &(const struct question){ask_waiver, 0}},
    {.name = "tw:drawn", .takes = "T", .min = 1, .returns = RETURNS_DECIMAL, .body = ledger_of},
    {.name = "tw:stampCode", .takes = "N", .min = 1, .returns = RETURNS_TEXT, .body = ledger_of},
    {0},
};
