console.log("pages of the test");
