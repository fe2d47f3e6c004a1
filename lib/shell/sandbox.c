/* sandbox.c - setresuid, no_new_privs, Landlock by its ABI, and a seccomp filter. */
#include "sandbox.h"
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/landlock.h>
#include <pwd.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Newer than Debian 12's headers: rights that a later ABI adds. */
#ifndef LANDLOCK_ACCESS_FS_REFER
#define LANDLOCK_ACCESS_FS_REFER (1ULL << 13)
#endif
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)
#endif

int sandbox_landlock_at_most = -1;

bool sandbox_become_user(const char *user, char why[200])
{
	const struct passwd *p = getpwnam(user);
	if (!p)
		return snprintf(why, 200, "there is no user %s; create it or name another with --user", user), false;
	if (!p->pw_uid)
		return snprintf(why, 200, "--user %s is root itself; name an ordinary user", user), false;
	if (initgroups(user, p->pw_gid) || setresgid(p->pw_gid, p->pw_gid, p->pw_gid) || setresuid(p->pw_uid, p->pw_uid, p->pw_uid))
		return snprintf(why, 200, "cannot become %s: %s", user, strerror(errno)), false;
	if (!setuid(0))
		return snprintf(why, 200, "root could be taken back after becoming %s", user), false;
	return true;
}

static const uint64_t reading = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
static const uint64_t everything = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE
	| LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR
	| LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO
	| LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;

static bool allow(int rules, const char *path, uint64_t rights)
{
	int fd = open(path, O_PATH | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT;
	struct stat s;
	if (!fstat(fd, &s) && !S_ISDIR(s.st_mode))
		rights &= LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_TRUNCATE;
	struct landlock_path_beneath_attr rule = { .allowed_access = rights, .parent_fd = fd };
	bool done = !syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	close(fd);
	return done;
}

static bool landlock_enter(const struct sandbox *s, char missing[200], char why[200])
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	if (sandbox_landlock_at_most >= 0 && abi > sandbox_landlock_at_most)
		abi = sandbox_landlock_at_most;
	if (abi < 1) {
		snprintf(missing, 200, "this kernel has no Landlock: file access is not confined");
		return true;
	}
	uint64_t handled = everything;
	if (abi >= 2)
		handled |= LANDLOCK_ACCESS_FS_REFER;
	if (abi >= 3)
		handled |= LANDLOCK_ACCESS_FS_TRUNCATE;
	else
		snprintf(missing, 200, "this kernel's Landlock (ABI %ld) cannot confine truncation", abi);
	struct landlock_ruleset_attr attr = { .handled_access_fs = handled };
	int rules = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof attr, 0);
	if (rules < 0)
		return snprintf(why, 200, "Landlock: %s", strerror(errno)), false;
	static const char *const usual[] = { "/usr/lib", "/lib", "/lib64", "/usr/share/zoneinfo", "/etc/ssl", "/usr/share/ca-certificates",
		"/etc/resolv.conf", "/etc/nsswitch.conf", "/etc/hosts", "/etc/services", "/etc/passwd", "/etc/group", "/etc/localtime",
		"/etc/gai.conf", "/etc/host.conf", "/run/systemd/resolve", "/proc", "/sys/devices/system/cpu", "/dev/urandom", NULL };
	bool done = allow(rules, "/dev/null", handled);
	for (const char *const *p = usual; *p && done; p++)
		done = allow(rules, *p, (reading | LANDLOCK_ACCESS_FS_EXECUTE) & handled);
	for (const char *const *p = s->readable; *p && done; p++)
		done = allow(rules, *p, reading);
	for (const char *const *p = s->writable; *p && done; p++)
		done = allow(rules, *p, handled & ~LANDLOCK_ACCESS_FS_EXECUTE);
	if (done)
		done = !syscall(SYS_landlock_restrict_self, rules, 0);
	if (!done)
		snprintf(why, 200, "Landlock: %s", strerror(errno));
	close(rules);
	return done;
}

static bool seccomp_enter(char why[200])
{
	static const int never[] = { SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
		SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(setns), SCMP_SYS(unshare), SCMP_SYS(reboot),
		SCMP_SYS(swapon), SCMP_SYS(swapoff), SCMP_SYS(init_module), SCMP_SYS(finit_module), SCMP_SYS(delete_module), SCMP_SYS(kexec_load),
		SCMP_SYS(bpf), SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd), SCMP_SYS(keyctl), SCMP_SYS(add_key), SCMP_SYS(request_key),
		SCMP_SYS(setuid), SCMP_SYS(setgid), SCMP_SYS(setreuid), SCMP_SYS(setresuid), SCMP_SYS(settimeofday), SCMP_SYS(clock_settime),
		SCMP_SYS(personality), SCMP_SYS(open_by_handle_at), SCMP_SYS(acct), SCMP_SYS(syslog), SCMP_SYS(mknod), SCMP_SYS(mknodat),
		SCMP_SYS(io_uring_setup) };
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	if (!filter)
		return snprintf(why, 200, "seccomp could not be set up"), false;
	int wrong = 0;
	for (size_t i = 0; i < sizeof never / sizeof never[0] && !wrong; i++)
		wrong = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), never[i], 0);
	if (!wrong)
		wrong = seccomp_load(filter);
	seccomp_release(filter);
	return wrong ? snprintf(why, 200, "seccomp: %s", strerror(-wrong)), false : true;
}

bool sandbox_enter(const struct sandbox *s, char missing[200], char why[200])
{
	missing[0] = 0;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0))
		return snprintf(why, 200, "prctl: %s", strerror(errno)), false;
	return landlock_enter(s, missing, why) && seccomp_enter(why);
}
