/** Settings from system properties, the environment and the YAML file, validated at the start. */
@NullMarked
package io.serversence.config;

import org.jspecify.annotations.NullMarked;
