/// Training: losses, update rules, rates, regularisation, and the loop that puts them together.
package dev.lanewise.train;
