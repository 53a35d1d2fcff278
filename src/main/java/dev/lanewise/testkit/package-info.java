/// The laws of a layer, runnable by whoever writes one.
///
/// A [LayerContract][dev.lanewise.testkit.LayerContract] puts any layer to the laws that the operators and the other layers
/// rely on; each [Law][dev.lanewise.testkit.Law] says in its failure what it compared. No test framework is needed, and each
/// will do. A [GradCheck][dev.lanewise.testkit.GradCheck] puts the derivative alone to the test, at its user's own point.
package dev.lanewise.testkit;
