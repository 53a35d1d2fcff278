/// Events for the JDK's flight recorder, if the module `jdk.jfr` is present; not exported.
///
/// - `Flight`: what other rooms call
/// - `SwitchOver`: a kernel computes by vectors from now on
/// - `Preparation`: a network was planned for inputs of one shape
package dev.lanewise.flight;
