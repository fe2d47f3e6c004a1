/* attachment.h - files that come and go with statements. */
#pragma once
#include "store.h"
#include "http/http.h"

/* A body into statements and files: application/json, or multipart/mixed with the statements first and each file by its hash. False with the
 * first thing that is wrong. */
bool statements_receive(struct arena *a, str type, str body, enum rules v, struct statements_put *out, bool *many, struct fault *fault);
/* NULL, or what is wrong with the signature of a statement. */
const char *signature_wrong(struct arena *a, const struct statement *s, str jws);
/* multipart/mixed with `json` first and then the files; `type` gets the header. */
void mixed_write(struct arena *a, struct buffer *b, str json, const list *files, str *type);
