/// Functions of single elements.
///
/// Not exported.
///
/// In reading order:
/// - `Square`: a²
/// - `Sqrt`: √a
/// - `Reciprocal`: 1/a
/// - `Pow`: aᵖ
/// - `Abs`: |a|
/// - `Clamp`: within two bounds
/// - `Exp`: eᵃ
/// - `Expm1`: eᵃ − 1
/// - `Log`: log a
/// - `Log1p`: log(1 + a)
/// - `Sin`: sin a
/// - `Cos`: cos a
/// - `Erf`: erf(a)
/// - `Rare`: tan a, arcsin a, sinh a and the like
/// - `Sign`: 1, 0 or −1
/// - `Round`: an integer near it
package dev.lanewise.graph.primitive.function;
