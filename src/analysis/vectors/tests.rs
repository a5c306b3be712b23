//! Stories about words that keep the same company.

use super::{Vectors, fit};

fn words(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

/// Ships and boats do the same things; herons others.
fn texts() -> Vec<Vec<String>> {
    let mut texts = Vec::new();
    for ship in ["ship", "boat", "ferry"] {
        for text in [
            "the X sails into harbour",
            "a X leaves the quay",
            "captain of the X sails",
            "the X leaves harbour with captain",
        ] {
            texts.push(words(&text.replace('X', ship)));
        }
    }
    for bird in ["heron", "gull", "tern"] {
        for text in ["the X eats small fish", "a X sits on eggs", "nest of the X with eggs", "the X eats fish on nest"]
        {
            texts.push(words(&text.replace('X', bird)));
        }
    }
    texts
}

/// How much two directions agree, however far words reach in them.
fn close(vectors: &Vectors, a: &str, b: &str) -> f32 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
    let (a, b) = (vectors.place(a.split(' ')), vectors.place(b.split(' ')));
    dot(&a, &b) / (dot(&a, &a) * dot(&b, &b)).sqrt()
}

#[test]
fn words_in_the_same_company_lie_close() {
    let vectors = fit(&texts(), 100, 3);
    let (alike, other) = (close(&vectors, "ship", "boat"), close(&vectors, "ship", "heron"));
    assert!(alike > other + 0.2, "{alike} {other}");
    assert!(close(&vectors, "gull eggs", "tern nest") > close(&vectors, "gull eggs", "ferry captain") + 0.2);
}

#[test]
fn the_same_texts_give_the_same_file_and_the_file_nearly_the_same_vectors() {
    let vectors = fit(&texts(), 100, 3);
    let text = vectors.write();
    assert_eq!(fit(&texts(), 100, 3).write(), text);
    let again = Vectors::read(&text);
    assert_eq!(again.write(), text);
    assert!(close(&again, "ship", "boat") > close(&again, "ship", "heron") + 0.2);
    assert_eq!(vectors.place(["zirconium"].into_iter()), [0.0; 3], "what is unknown lies nowhere");
}
