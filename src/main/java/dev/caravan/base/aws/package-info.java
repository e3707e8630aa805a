/** What an AWS service means when it refuses, and how long a call of one may take. Fed by whoever calls one; feeds the log, readiness and people. */
@NullMarked
package dev.caravan.base.aws;

import org.jspecify.annotations.NullMarked;
