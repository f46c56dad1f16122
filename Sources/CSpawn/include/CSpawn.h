#pragma once
#include <sys/types.h>

/// Starts the program arguments[0] (a path; nothing is searched) with exactly the environment given, in `/`, as the
/// leader of a session of its own, so that a terminal's Ctrl-C does not reach it. Standard input is empty, standard
/// output and error go to `output`, no other descriptor is passed on; all signals are unblocked and have their default
/// action. Returns 0 and the process's id, or an errno value.
int spawn_in_own_session(pid_t *id, char *const arguments[], char *const environment[], int output);

/// Writes everything of the file system that `descriptor` is on to its disk. Returns 0 or an errno value.
int sync_filesystem(int descriptor);
