/* The sub-commands: one file each. Every one takes its options and returns the exit code. */
#ifndef TW_COMMANDS_COMMANDS_H
#define TW_COMMANDS_COMMANDS_H

struct options;

int command_review(const struct options *options);
int command_normalise(const struct options *options);
int command_keygen(const struct options *options);
int command_verify(const struct options *options);
int command_stages(const struct options *options);
int command_dialects(const struct options *options);
int command_rules(const struct options *options);
int command_explain(const struct options *options);
int command_registers(const struct options *options);
int command_policy(const struct options *options);

#endif
