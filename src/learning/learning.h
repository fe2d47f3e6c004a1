/* learning.h - the 70-20-10 lens: in the work, with others, formal. Nothing of it is needed by later features yet.
 *
 * Where to look: hours.c says how a statement becomes hours, figures.c how hours of persons become a figure about a group.
 */
#pragma once
