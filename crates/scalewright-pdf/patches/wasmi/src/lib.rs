//! A stub without WebAssembly.
//!
//! Typst runs plug-ins with `wasmi`. A form loads none: its markup is scalewright's own, and users contribute only
//! data. This stub rejects every module. Types that depend on a module have no values, so code that needs them is
//! unreachable.

use std::fmt::{self, Display, Formatter};
use std::marker::PhantomData;

/// The error for every module.
#[derive(Debug, Clone, Copy)]
pub struct Error;

impl Display for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("this program does not support WebAssembly")
    }
}

impl std::error::Error for Error {}

/// Settings, which have no effect.
#[derive(Debug, Default)]
pub struct Config;

impl Config {
    /// Has no effect.
    pub fn wasm_relaxed_simd(&mut self, _enable: bool) -> &mut Self {
        self
    }
}

/// An engine that runs nothing.
#[derive(Debug)]
pub struct Engine;

impl Engine {
    /// A new engine.
    #[must_use]
    pub fn new(_config: &Config) -> Self {
        Self
    }
}

/// A module. The type has no values.
#[derive(Debug)]
pub enum Module {}

impl Module {
    /// Rejects the module.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn new(_engine: &Engine, _wasm: &[u8]) -> Result<Self, Error> {
        Err(Error)
    }

    /// The type of the export with this name.
    #[must_use]
    pub fn get_export(&self, _name: &str) -> Option<ExternType> {
        match *self {}
    }

    /// Its exports.
    pub fn exports(&self) -> impl Iterator<Item = ExportType> {
        match *self {}
        #[expect(unreachable_code, reason = "it gives the iterator a type")]
        std::iter::empty()
    }
}

/// An export: its name and type. The type has no values.
#[derive(Debug)]
pub enum ExportType {}

impl ExportType {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        match *self {}
    }

    /// Its type.
    #[must_use]
    pub fn ty(&self) -> &ExternType {
        match *self {}
    }
}

/// The type of an export.
#[derive(Debug)]
pub enum ExternType {
    /// A function.
    Func(FuncType),
    /// A memory.
    Memory(Memory),
}

/// The type of a function. The type has no values.
#[derive(Debug)]
pub enum FuncType {}

impl FuncType {
    /// The types of its parameters.
    #[must_use]
    pub fn params(&self) -> &[ValType] {
        match *self {}
    }

    /// The types of its results.
    #[must_use]
    pub fn results(&self) -> &[ValType] {
        match *self {}
    }
}

/// The type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValType {
    /// A 32-bit integer.
    I32,
}

/// A value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Val {
    /// A 32-bit integer.
    I32(i32),
}

/// A linker, which links nothing.
#[derive(Debug)]
pub struct Linker<T>(Engine, PhantomData<fn() -> T>);

impl<T> Linker<T> {
    /// A new linker.
    #[must_use]
    pub fn new(_engine: &Engine) -> Self {
        Self(Engine, PhantomData)
    }

    /// The engine.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        &self.0
    }

    /// Has no effect.
    ///
    /// # Errors
    ///
    /// None.
    pub fn func_wrap<F>(
        &mut self,
        _module: &str,
        _name: &str,
        _func: F,
    ) -> Result<&mut Self, Error> {
        Ok(self)
    }

    /// Never called, as there are no modules.
    ///
    /// # Errors
    ///
    /// None.
    pub fn instantiate_and_start(
        &self,
        _store: &mut Store<T>,
        module: &Module,
    ) -> Result<Instance, Error> {
        match *module {}
    }
}

/// The data of an instance.
#[derive(Debug)]
pub struct Store<T>(T);

impl<T> Store<T> {
    /// A store with this data.
    #[must_use]
    pub fn new(_engine: &Engine, data: T) -> Self {
        Self(data)
    }

    /// The data.
    pub fn data_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

/// A running module. The type has no values.
#[derive(Debug, Clone, Copy)]
pub enum Instance {}

impl Instance {
    /// The export with this name.
    #[must_use]
    pub fn get_export<T>(&self, _store: &Store<T>, _name: &str) -> Option<Extern> {
        match *self {}
    }
}

/// An export of an instance. The type has no values.
#[derive(Debug)]
pub enum Extern {}

impl Extern {
    /// As a function.
    #[must_use]
    pub fn into_func(self) -> Option<Func> {
        match self {}
    }

    /// As a memory.
    #[must_use]
    pub fn into_memory(self) -> Option<Memory> {
        match self {}
    }
}

/// A function of an instance. The type has no values.
#[derive(Debug)]
pub enum Func {}

impl Func {
    /// Its type.
    #[must_use]
    pub fn ty<T>(&self, _store: &Store<T>) -> FuncType {
        match *self {}
    }

    /// Never called, as there are no functions.
    ///
    /// # Errors
    ///
    /// None.
    pub fn call<T>(
        &self,
        _store: &mut Store<T>,
        _inputs: &[Val],
        _outputs: &mut [Val],
    ) -> Result<(), Error> {
        match *self {}
    }
}

/// The memory of an instance. The type has no values.
#[derive(Debug, Clone, Copy)]
pub enum Memory {}

impl Memory {
    /// Its size in pages.
    #[must_use]
    pub fn size<S>(&self, _store: &S) -> u64 {
        match *self {}
    }

    /// Its bytes.
    pub fn data<'a, S>(&self, _store: &'a S) -> &'a [u8] {
        match *self {}
    }

    /// Its bytes, mutable.
    pub fn data_mut<'a, S>(&self, _store: &'a mut S) -> &'a mut [u8] {
        match *self {}
    }

    /// Makes it larger.
    ///
    /// # Errors
    ///
    /// None.
    pub fn grow<S>(&self, _store: &mut S, _pages: u64) -> Result<u64, Error> {
        match *self {}
    }

    /// Reads bytes.
    ///
    /// # Errors
    ///
    /// None.
    pub fn read<S>(&self, _store: &S, _offset: usize, _buffer: &mut [u8]) -> Result<(), Error> {
        match *self {}
    }

    /// Writes bytes.
    ///
    /// # Errors
    ///
    /// None.
    pub fn write<S>(&self, _store: &mut S, _offset: usize, _buffer: &[u8]) -> Result<(), Error> {
        match *self {}
    }
}

/// The instance that calls a function of the host.
#[derive(Debug)]
pub struct Caller<'a, T>(Instance, PhantomData<&'a mut T>);

impl<T> Caller<'_, T> {
    /// The export of the instance with this name.
    #[must_use]
    pub fn get_export(&self, _name: &str) -> Option<Extern> {
        match self.0 {}
    }

    /// The data of its store.
    pub fn data_mut(&mut self) -> &mut T {
        match self.0 {}
    }
}
