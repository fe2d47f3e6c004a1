/* sandbox.h - giving up what a server never needs, before its first thread.
 *
 * After sandbox_enter the process can write only below `writable`, read only its libraries, certificates and
 * name-service files, start no program and trace none. What this kernel lacks is named in `missing`.
 */
#pragma once
#include "base/text.h"

struct sandbox {
	const char *user;                  /* become this user when root; NULL: stay who we are */
	const char *writable[4];           /* folders, ended by NULL */
	const char *readable[8];           /* files or folders beside the system's usual ones, ended by NULL */
};

/* become_user: false with a reason. Must come before files are opened that the user has to own. */
bool sandbox_become_user(const char *user, char why[200]);
/* sandbox_enter: false only when something failed that should have worked; a kernel without Landlock is a line in `missing`. */
bool sandbox_enter(const struct sandbox *s, char missing[200], char why[200]);
/* For tests: pretend the kernel knows no Landlock ABI above this; -1 asks the kernel. */
extern int sandbox_landlock_at_most;
