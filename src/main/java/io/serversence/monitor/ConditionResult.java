package io.serversence.monitor;

/**
 * What became of one condition.
 *
 * @param condition the condition as written
 * @param shown the condition with the found values, such as {@code [STATUS] (500) == 200}
 * @param ok whether it holds
 */
public record ConditionResult(String condition, String shown, boolean ok) {}
