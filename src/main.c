/* main.c - the program: its features, its look, and the command line that reaches them. */
#include "wijzer.h"
#include "shell/shell.h"
#include "style/style.h"

int main(int argc, char **argv)
{
	static const struct shell_program program = { .app = &wijzer_app, .assets = style_assets };
	return shell_main(&program, argc, argv);
}
