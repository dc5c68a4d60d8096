// Verifies a log with the packages that Go itself verifies its checksum database with, golang.org/x/mod/sumdb/note and
// tlog, and Go's own ML-DSA. It reads what is claimed as JSON and prints, for each claim, "" or why it does not hold.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/mldsa"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type claims struct {
	Keys       []string // of the log and its witnesses; every one must have signed Checkpoint
	Old        string   // an earlier checkpoint
	Checkpoint string
	Tiles      string // the folder that the log is served from
	Records    []record
	Growth     []tlog.Hash // our consistency proof
}

type record struct {
	Index int64
	Data  []byte
	Proof []tlog.Hash // our inclusion proof
}

func main() {
	var given claims
	if err := json.NewDecoder(os.Stdin).Decode(&given); err != nil {
		fail(err)
	}
	said := map[string]string{}
	say := func(claim string, err error) {
		said[claim] = ""
		if err != nil {
			said[claim] = err.Error()
		}
	}
	verifiers, err := verifiersOf(given.Keys)
	if err != nil {
		fail(err)
	}
	tree, err := open(given.Checkpoint, verifiers, len(given.Keys))
	say("checkpoint", err)
	old, err := open(given.Old, verifiers, 1)
	say("old checkpoint", err)

	say("inclusion", nil)
	for _, one := range given.Records {
		hash := tlog.RecordHash(one.Data)
		if err := tlog.CheckRecord(one.Proof, tree.N, tree.Hash, one.Index, hash); err != nil {
			say("inclusion", fmt.Errorf("record %d: %v", one.Index, err))
		}
	}
	say("consistency", tlog.CheckTree(given.Growth, tree.N, tree.Hash, old.N, old.Hash))
	say("tiles", tiles(given, tree, old))
	if err := json.NewEncoder(os.Stdout).Encode(said); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(2)
}

// open verifies a checkpoint and gives its tree; at least so many of the keys must have signed it.
func open(checkpoint string, verifiers note.Verifiers, least int) (tree tlog.Tree, err error) {
	opened, err := note.Open([]byte(checkpoint), verifiers)
	if err != nil {
		return tree, err
	}
	if len(opened.Sigs) < least {
		return tree, fmt.Errorf("%d signatures", len(opened.Sigs))
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 {
		return tree, errors.New("not three lines")
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return tree, err
	}
	tree.Hash, err = tlog.ParseHash(lines[2])
	return tree, err
}

// tiles proves everything anew from the tiles alone, which tlog authenticates against the root.
func tiles(given claims, tree, old tlog.Tree) error {
	hashes := tlog.TileHashReader(tree, folder(given.Tiles))
	for _, one := range given.Records {
		proof, err := tlog.ProveRecord(tree.N, one.Index, hashes)
		if err != nil {
			return err
		}
		if fmt.Sprint(proof) != fmt.Sprint(tlog.RecordProof(one.Proof)) {
			return fmt.Errorf("record %d has another proof", one.Index)
		}
	}
	growth, err := tlog.ProveTree(tree.N, old.N, hashes)
	if err != nil {
		return err
	}
	return tlog.CheckTree(growth, tree.N, tree.Hash, old.N, old.Hash)
}

// A folder has the files of a log. Its paths have no height of tiles in them, which is always 8.
type folder string

func (f folder) Height() int                                { return 8 }
func (f folder) SaveTiles(tiles []tlog.Tile, data [][]byte) {}
func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var read [][]byte
	for _, tile := range tiles {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, err := os.ReadFile(filepath.Join(string(f), path))
		if err != nil {
			// A tile that is full has no partial ones beside it.
			full, _, _ := strings.Cut(path, ".p/")
			data, err = os.ReadFile(filepath.Join(string(f), full))
		}
		if err != nil {
			return nil, err
		}
		read = append(read, data[:min(len(data), tile.W*tlog.HashSize)])
	}
	return read, nil
}

func verifiersOf(keys []string) (note.Verifiers, error) {
	var found []note.Verifier
	for _, key := range keys {
		verifier, err := note.NewVerifier(key)
		if err != nil {
			verifier, err = newCosigner(key)
		}
		if err != nil {
			return nil, err
		}
		found = append(found, verifier)
	}
	return note.VerifierList(found...), nil
}

// A cosigner verifies the cosignatures of C2SP tlog-cosignature.
type cosigner struct {
	name string
	id   uint32
	kind byte
	key  []byte
}

func newCosigner(key string) (*cosigner, error) {
	parts := strings.SplitN(key, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("not a verifier key")
	}
	id, err := hex.DecodeString(parts[1])
	if err != nil {
		return nil, err
	}
	data, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil {
		return nil, err
	}
	return &cosigner{parts[0], binary.BigEndian.Uint32(id), data[0], data[1:]}, nil
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.id }

func (c *cosigner) Verify(text, signature []byte) bool {
	if len(signature) < 8 {
		return false
	}
	time, signature := binary.BigEndian.Uint64(signature), signature[8:]
	if c.kind == 4 {
		message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", time, text)
		return ed25519.Verify(c.key, []byte(message), signature)
	}
	lines := strings.Split(string(text), "\n")
	size, _ := strconv.ParseUint(lines[1], 10, 64)
	root, _ := base64.StdEncoding.DecodeString(lines[2])
	var message bytes.Buffer
	message.WriteString("subtree/v1\n\x00")
	message.WriteByte(byte(len(c.name)))
	message.WriteString(c.name)
	binary.Write(&message, binary.BigEndian, time)
	message.WriteByte(byte(len(lines[0])))
	message.WriteString(lines[0])
	binary.Write(&message, binary.BigEndian, uint64(0))
	binary.Write(&message, binary.BigEndian, size)
	message.Write(root)
	key, err := mldsa.NewPublicKey(mldsa.MLDSA44(), c.key)
	return err == nil && mldsa.Verify(key, message.Bytes(), signature, nil) == nil
}
