/// Data sets made by code from a seed; example i depends on the seed and i alone.
package enum BuiltInData {}
